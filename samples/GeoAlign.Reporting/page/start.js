// Starts every block. One that fails says so in its place and on the console; the others go on.
const starters = { line: lineChart, histogram, videos: videoGrid, paths: pathView, table: sortableTable };
for (const block of document.querySelectorAll("[data-block]")) {
  const start = starters[block.dataset.block];
  if (!start) continue;
  try {
    start(block);
  } catch (error) {
    block.append(element("p", "note", `This part could not be drawn: ${error.message}`));
    console.error(error);
  }
}
document.documentElement.dataset.ready = "";
