// Sorting: numbers by value, texts by letters and the numbers in them, missing values last in both directions.
function sortableTable(block) {
  const table = block.querySelector("table"), body = table.tBodies[0], headings = [...table.tHead.rows[0].cells];
  const original = [...body.rows];
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  headings.forEach((heading, column) => heading.querySelector("button").addEventListener("click", () => {
    const now = heading.getAttribute("aria-sort");
    const next = now === "ascending" ? "descending" : now === "descending" ? null : "ascending";
    headings.forEach(h => h.removeAttribute("aria-sort"));
    if (next === null) { body.append(...original); return; }
    heading.setAttribute("aria-sort", next);
    const sign = next === "ascending" ? 1 : -1;
    const rows = original.map(row => ({ row, cell: row.cells[column] }));
    rows.sort((a, b) => {
      const gone = ("missing" in a.cell.dataset) - ("missing" in b.cell.dataset);
      if (gone !== 0) return gone;
      const x = a.cell.dataset.value, y = b.cell.dataset.value;
      return sign * (x !== undefined && y !== undefined ? x - y : compare(a.cell.textContent, b.cell.textContent));
    });
    body.append(...rows.map(r => r.row));
  }));
}
