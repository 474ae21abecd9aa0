namespace RobotWorker.Generation.Runs;

/// <summary>Where the wall time of a run went, in seconds. Rendering and encoding go on in a child process beside the rest.</summary>
/// <param name="Skills">Everything on the loop that is neither physics nor recording: skills, senses, controllers, executor.</param>
/// <param name="Waiting">For the film to be whole after the episode had ended.</param>
public sealed record RunTiming(double Simulated, double Total, double Setup, double Physics, double Skills, double Recording, double Rendering, double Encoding, double Waiting);
