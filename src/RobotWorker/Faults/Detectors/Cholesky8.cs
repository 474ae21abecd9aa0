namespace RobotWorker.Faults.Detectors;

/// <summary>
/// Cholesky's factor of a covariance of up to eight signals, in place and without allocation (Golub and Van Loan 2013, "Matrix computations", section 4.2), and Mahalanobis distances by it.
/// The setting up of parameters uses MathNet; this is what a sample costs.
/// </summary>
internal static class Cholesky8
{
    /// <summary>The lower factor. A matrix that is not positive definite gets the least pivot instead: <paramref name="leastShare"/> of the variance on the diagonal.</summary>
    public static Symmetric8 Factor(in Symmetric8 matrix, int signals, double leastShare)
    {
        var factor = matrix;
        for (var row = 0; row < signals; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var sum = factor[Symmetric8.At(row, column)];
                for (var k = 0; k < column; k++) sum -= factor[Symmetric8.At(row, k)] * factor[Symmetric8.At(column, k)];
                factor[Symmetric8.At(row, column)] = row == column
                    ? Math.Sqrt(Math.Max(sum, leastShare * matrix[Symmetric8.At(row, row)]))
                    : sum / factor[Symmetric8.At(column, column)];
            }
        }
        return factor;
    }

    /// <summary>The squared distance d' (L L')^-1 d.</summary>
    public static double SquaredDistance(in Symmetric8 factor, in Signals8 difference, int signals)
    {
        Signals8 solved = default;
        var distance = 0.0;
        for (var row = 0; row < signals; row++)
        {
            var rest = difference[row];
            for (var k = 0; k < row; k++) rest -= factor[Symmetric8.At(row, k)] * solved[k];
            solved[row] = rest / factor[Symmetric8.At(row, row)];
            distance += solved[row] * solved[row];
        }
        return distance;
    }
}
