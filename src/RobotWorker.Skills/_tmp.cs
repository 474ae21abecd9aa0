namespace RobotWorker.Episodes; 
internal static class GoalIds { public static System.Guid Derive(string e, string p, int a, int n) => default; }
