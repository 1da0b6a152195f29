namespace GeoAlign.Miniature;

/// <summary>One stage of supervised training; each starts from the averaged weights of the one before with a fresh optimiser.</summary>
/// <param name="Name">What it is called in the log.</param>
/// <param name="Flawed">Whether clips move less than their labels say.</param>
/// <param name="Steps">Updates.</param>
/// <param name="LearningRate">Highest learning rate; cosine to 2 % of it after 100 updates of warm-up.</param>
internal sealed record PretrainingStage(string Name, bool Flawed, int Steps, double LearningRate);
