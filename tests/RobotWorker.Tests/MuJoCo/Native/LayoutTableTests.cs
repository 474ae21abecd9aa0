using System.Globalization;
using System.Text;
using RobotWorker.MuJoCo.Native;
using RobotWorker.Testing;

namespace RobotWorker.Tests.MuJoCo.Native;

internal sealed class LayoutTableTests
{
    [Test]
    public void EveryVersion_HasTheSameStructsAndFields()
    {
        var expected = Names(LayoutTable.Find(222)!);

        Assert.That(LayoutTable.KnownVersions(), Is.Ordered.And.Contains(337).And.Contains(3_012_000));
        foreach (var version in LayoutTable.KnownVersions())
            Assert.That(Names(LayoutTable.Find(version)!), Is.EqualTo(expected), $"version {version}");
    }

    [Test]
    public void Find_UnknownVersion_IsNull() => Assert.That(LayoutTable.Find(1), Is.Null);

    [Test]
    public void Table_OfTheInstalledHeaders_IsWhatGccSays()
    {
        var gcc = Peer.Require("gcc", "apt-get install gcc libc6-dev");
        using var folder = new ScratchFolder();
        var table = InstalledHeaders(gcc, folder) is { } version ? LayoutTable.Find(version) : null;
        Assert.That(table, Is.Not.Null, "the installed headers are of a version that is not in the table");

        var fields = table!.StructNames.SelectMany(type => table.Struct(type).Fields.Select(field => (Type: type, Field: field))).ToArray();
        var lines = CompileAndRun(gcc, folder, OffsetProgram(table, fields));

        var found = fields.Select((f, i) => $"{f.Type}.{f.Field} {lines[i]}").ToArray();
        var stated = fields.Select(f => $"{f.Type}.{f.Field} {table.Struct(f.Type)[f.Field]}").ToArray();
        Assert.That(found, Is.EqualTo(stated));
        var sizes = table.StructNames.Select(type => table.Struct(type).Size.ToString(CultureInfo.InvariantCulture));
        Assert.That(lines[fields.Length..], Is.EqualTo(sizes.Append(table.SizeOfCount.ToString(CultureInfo.InvariantCulture))
            .Concat(table.Constants.Select(c => c.Value.ToString(CultureInfo.InvariantCulture)))));
    }

    private static int? InstalledHeaders(string gcc, ScratchFolder folder)
    {
        var source = folder.Write("version.c", "#include <mujoco/mujoco.h>\n#include <stdio.h>\nint main(void) { printf(\"%d\", mjVERSION_HEADER); }\n");
        if (Peer.Run(gcc, ["-E", "-o", folder.PathOf("version.i"), source]).ExitCode != 0) Peer.Missing("MuJoCo's headers are not installed (apt-get install libmujoco-dev)");
        return int.Parse(CompileAndRun(gcc, folder, File.ReadAllText(source))[0], CultureInfo.InvariantCulture);
    }

    private static string OffsetProgram(LayoutTable table, IEnumerable<(string Type, string Field)> fields)
    {
        var program = new StringBuilder("#include <stddef.h>\n#include <stdio.h>\n#include <mujoco/mujoco.h>\nint main(void) {\n");
        foreach (var (type, field) in fields) program.Append(CultureInfo.InvariantCulture, $"printf(\"%zu\\n\", offsetof({type}, {field}));\n");
        foreach (var type in table.StructNames) program.Append(CultureInfo.InvariantCulture, $"printf(\"%zu\\n\", sizeof({type}));\n");
        program.Append("printf(\"%zu\\n\", sizeof(((mjModel*)0)->nq));\n");
        foreach (var (name, _) in table.Constants) program.Append(CultureInfo.InvariantCulture, $"printf(\"%d\\n\", (int){name});\n");
        return program.Append("return 0; }\n").ToString();
    }

    private static string[] CompileAndRun(string gcc, ScratchFolder folder, string program)
    {
        var source = folder.Write("program.c", program);
        Peer.Run(gcc, ["-o", folder.PathOf("program"), source]).Require();
        return Peer.Run(folder.PathOf("program"), []).Require().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string[] Names(LayoutTable table) =>
        [.. table.StructNames.SelectMany(type => table.Struct(type).Fields.Select(field => $"{type}.{field}")), .. table.Constants.Select(c => c.Name)];

    private sealed class ScratchFolder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("layout-").FullName;

        public string PathOf(string name) => Path.Combine(_path, name);

        public string Write(string name, string text)
        {
            File.WriteAllText(PathOf(name), text);
            return PathOf(name);
        }

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
