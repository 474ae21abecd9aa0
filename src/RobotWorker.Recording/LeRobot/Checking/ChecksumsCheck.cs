using System.Collections.Immutable;
using System.Security.Cryptography;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>meta/checksums.sha256, as sha256sum writes it: of cameras.json and the sidecars, of which nothing else would tell that they were changed.</summary>
internal static class ChecksumsCheck
{
    public const string Name = "meta/checksums.sha256";

    private const int Digits = 64;

    public static void Check(string folder, Findings findings, CancellationToken cancel)
    {
        var files = Files(folder);
        if (files.IsEmpty && !File.Exists(Path.Combine(folder, Name))) return;
        if (findings.Read(folder, Name, File.ReadAllLines) is not { } lines) return;
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
            if (Parse(lines[i]) is not { } line || !said.TryAdd(line.File, line.Sum))
                findings.Error(Name, $"line {i + 1}", $"is \"{lines[i]}\", must be {Digits} hexadecimal digits, two blanks and a file of the set that no other line has");
        foreach (var file in files.Where(f => !said.ContainsKey(f))) findings.Error(Name, "", $"has no line for {file}");
        foreach (var (file, right) in said)
        {
            cancel.ThrowIfCancellationRequested();
            if (findings.Read(folder, file, Sum) is { } sum && sum != right) findings.Error(file, "", $"its SHA-256 is {sum}, must be {right} by {Name}: the file was changed");
        }
    }

    private static ImmutableArray<string> Files(string folder)
    {
        var sidecars = Path.Combine(folder, Sidecar.Folder);
        return
        [
            .. new[] { CamerasCheck.Name }.Where(f => File.Exists(Path.Combine(folder, f))),
            .. (Directory.Exists(sidecars) ? Directory.EnumerateFiles(sidecars, "*", SearchOption.AllDirectories) : []).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal),
        ];
    }

    private static (string Sum, string File)? Parse(string line)
    {
        if (line.Length <= Digits + 2 || !line[..Digits].All(char.IsAsciiHexDigitLower) || line[Digits..(Digits + 2)] != "  ") return null;
        var file = line[(Digits + 2)..];
        return Path.IsPathRooted(file) || file.Split('/').Contains("..") ? null : (line[..Digits], file);
    }

    private static string Sum(string path)
    {
        using var bytes = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
