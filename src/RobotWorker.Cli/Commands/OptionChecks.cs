using System.CommandLine;
using System.Globalization;

namespace RobotWorker.Cli.Commands;

/// <summary>What numbers on the command line must be.</summary>
internal static class OptionChecks
{
    /// <summary>Refuses numbers for which <paramref name="holds"/> is false. What is no number the parser refuses by itself, and a validator that read its value would throw.</summary>
    /// <param name="otherwise">What to say then: <c>--runs: from 0 to 1000.</c></param>
    public static void Must(this Option option, Func<double, bool> holds, string otherwise) => option.Validators.Add(result =>
    {
        foreach (var token in result.Tokens)
        {
            // The parser would read 0,5 as 5.
            if (token.Value.Contains(',', StringComparison.Ordinal))
            {
                result.AddError($"{option.Name}: '{token.Value}' has a comma; a point separates the decimals, and nothing the thousands.");
                return;
            }
            if (double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !holds(number))
            {
                result.AddError(otherwise);
                return;
            }
        }
    });

    /// <summary>Refuses what is not from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static void MustBeFrom(this Option option, int least, int most) => option.Must(n => n >= least && n <= most, $"{option.Name}: from {least} to {most}.");
}
