namespace RobotWorker.Generation.Suites;

internal static class FaultSuiteReader;
