using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using RobotWorker.Ros.Definitions;

namespace RobotWorker.Ros.Generator;

/// <summary>
/// Turns the definition files (<c>package/{msg,srv,action}/Name.ext</c>, given as additional files) into records and field visitors.
/// A wrong line is a compile error at that line; everything else is still generated, so that one mistake shows as one error.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class MessageGenerator : IIncrementalGenerator
{
    private static readonly DiagnosticDescriptor BadLine = Rule("RWROS01", "Wrong definition");
    private static readonly DiagnosticDescriptor UnknownType = Rule("RWROS02", "Unknown message type");
    private static readonly DiagnosticDescriptor Cycle = Rule("RWROS03", "A message that contains itself");

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var files = context.AdditionalTextsProvider
            .Select(static (file, cancel) => DefinitionFile.Read(file.Path, () => file.GetText(cancel)?.ToString() ?? ""))
            .Where(static file => file is not null)
            .Select(static (file, _) => file!)
            .Collect();
        context.RegisterSourceOutput(files, static (output, all) => Generate(output, all));
    }

    private static void Generate(SourceProductionContext output, ImmutableArray<DefinitionFile> files)
    {
        var set = new DefinitionSet(files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => file.Definition));
        foreach (var file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            foreach (var problem in file.Problems) Report(output, BadLine, file, problem.Line, problem.Column, problem.Message);
            foreach (var (field, known) in set.UnknownTypes(file.Definition))
                Report(output, UnknownType, file, field.Line, 1, $"field '{field.Name}': there is no message {field.Type.Package}/{field.Type.Name}{known}");
            if (set.CycleOf(file.Definition) is { } path) Report(output, Cycle, file, 1, 1, $"it contains itself: {path}");
        }

        foreach (var definition in set.Sound)
        {
            output.CancellationToken.ThrowIfCancellationRequested();
            var code = DefinitionWriter.Write(definition, set);
            output.AddSource($"{definition.Package}.{definition.Kind}.{definition.Name}.g.cs", SourceText.From(code, Encoding.UTF8));
        }

        output.AddSource("RosTypes.g.cs", SourceText.From(DefinitionWriter.WriteList([.. set.Sound], set), Encoding.UTF8));
    }

    private static DiagnosticDescriptor Rule(string id, string title) =>
        new(id, title, "{0}", "Definitions", DiagnosticSeverity.Error, isEnabledByDefault: true);

    private static void Report(SourceProductionContext output, DiagnosticDescriptor rule, DefinitionFile file, int line, int column, string message)
    {
        var place = new LinePosition(line - 1, column - 1);
        var location = Location.Create(file.Path, default, new(place, place));
        output.ReportDiagnostic(Diagnostic.Create(rule, location, $"{Path.GetFileName(file.Path)}: {message}"));
    }
}
