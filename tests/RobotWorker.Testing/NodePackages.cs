using System.IO.Hashing;
using System.Text;

namespace RobotWorker.Testing;

/// <summary>
/// Node packages of a peer, installed from its <c>package-lock.json</c> into <c>artifacts/peers</c> (never beside the sources), once for each
/// content of the lock file.
/// </summary>
public static class NodePackages
{
    /// <summary>Copies the peer's folder to where its packages are installed and returns that folder. Ends the test where node or npm is missing.</summary>
    /// <param name="peer">The peer's folder in the repository, such as <c>tests/RobotWorker.Integration/peers/mcap</c>.</param>
    public static string Require(string peer)
    {
        Peer.Require("node", "apt-get install nodejs");
        var npm = Peer.Require("npm", "apt-get install npm");
        var source = Repository.PathOf(peer);
        var target = Path.Combine(Repository.Root, "artifacts", "peers", $"{Path.GetFileName(source)}-{Fingerprint(source)}");
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(source).Order(StringComparer.Ordinal))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);

        var done = Path.Combine(target, "installed");
        if (File.Exists(done)) return target;
        var install = Peer.Run(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], target, limit: TimeSpan.FromMinutes(5));
        if (install.ExitCode != 0) Peer.Missing($"npm could not install the packages of {peer}: {install.Errors.Trim()}");
        File.WriteAllText(done, "");
        return target;
    }

    private static string Fingerprint(string source)
    {
        var manifest = Encoding.UTF8.GetBytes(File.ReadAllText(Path.Combine(source, "package.json")));
        var locked = Encoding.UTF8.GetBytes(File.ReadAllText(Path.Combine(source, "package-lock.json")));
        return $"{XxHash64.HashToUInt64([.. manifest, .. locked]):x16}";
    }
}
