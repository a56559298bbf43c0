using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace FastConv.Mutants;

/// <summary>All instructions of kernels, primitives and shapes that can be changed, read from the assembly and its symbols.</summary>
internal sealed partial class MutantSites
{
    private readonly PEReader _assembly;
    private readonly MetadataReader _metadata;
    private readonly MetadataReader _symbols;
    private readonly VectorCallChanges _vectorCalls;

    private MutantSites(PEReader assembly, MetadataReader symbols)
    {
        _assembly = assembly;
        _metadata = assembly.GetMetadataReader();
        _symbols = symbols;
        _vectorCalls = new VectorCallChanges(_metadata);
    }

    /// <param name="path">The library, its symbols beside it.</param>
    public static IReadOnlyList<Mutant> Find(string path)
    {
        using var assembly = new PEReader(File.OpenRead(path));
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(path, ".pdb")));
        var sites = new MutantSites(assembly, symbols.GetMetadataReader());
        return [.. sites._metadata.MethodDefinitions.SelectMany(sites.InMethod)];
    }

    private IEnumerable<Mutant> InMethod(MethodDefinitionHandle handle)
    {
        MethodDefinition method = _metadata.GetMethodDefinition(handle);
        (string scope, string type) = NameOf(method.GetDeclaringType());
        string name = _metadata.GetString(method.Name);
        if (method.RelativeVirtualAddress == 0 || !Changed().IsMatch(scope) || name == "ToString" || IsGenerated(method) || SpeedChoices.Has(type, name))
        {
            return [];
        }

        SequencePoint[] points = [.. _symbols.GetMethodDebugInformation(handle.ToDebugInformationHandle()).GetSequencePoints().Where(point => !point.IsHidden)];
        return points.Length == 0 ? [] : InBody(method.RelativeVirtualAddress, $"{scope}.{type}.{name}", points);
    }

    private List<Mutant> InBody(int address, string method, SequencePoint[] points)
    {
        MethodBodyBlock block = _assembly.GetMethodBody(address);
        ImmutableArray<byte> body = block.GetILContent();
        int start = PositionOf(address) + HeaderLength(address);
        IReadOnlyList<Instruction> instructions = Instruction.Decode(body.AsSpan());
        var found = new List<Mutant>();
        for (int i = 0; i < instructions.Count; i++)
        {
            bool isText = instructions.Skip(i + 1).Take(3).Any(next => _vectorCalls.IsText(next, body.AsSpan()));
            SequencePoint point = points.LastOrDefault(point => point.Offset <= instructions[i].Offset);
            if (!isText && !point.Document.IsNil && (InstructionChanges.Of(instructions[i], body.AsSpan()) ?? _vectorCalls.Of(instructions[i], body.AsSpan())) is { } change)
            {
                found.Add(new Mutant(method, instructions[i].Offset, change.Change, FileOf(point), point.StartLine, start + change.At, change.Bytes));
            }
        }

        return found;
    }

    private (string Scope, string Type) NameOf(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        string name = _metadata.GetString(type.Name);
        if (!type.IsNested)
        {
            return (_metadata.GetString(type.Namespace), name);
        }

        (string scope, string outer) = NameOf(type.GetDeclaringType());
        return (scope, $"{outer}.{name}");
    }

    private bool IsGenerated(MethodDefinition method) => method.GetCustomAttributes()
        .Select(attribute => _metadata.GetCustomAttribute(attribute).Constructor)
        .Any(constructor => constructor.Kind == HandleKind.MemberReference
            && _metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } parent
            && _metadata.GetString(_metadata.GetTypeReference((TypeReferenceHandle)parent).Name) == nameof(CompilerGeneratedAttribute))
        && !_metadata.GetString(method.Name).Contains("__", StringComparison.Ordinal);

    private string FileOf(SequencePoint point)
    {
        string path = _symbols.GetString(_symbols.GetDocument(point.Document).Name).Replace('\\', '/');
        return path[path.LastIndexOf("src/FastConv/", StringComparison.Ordinal)..];
    }

    private int PositionOf(int address)
    {
        SectionHeader section = _assembly.PEHeaders.SectionHeaders[_assembly.PEHeaders.GetContainingSectionIndex(address)];
        return address - section.VirtualAddress + section.PointerToRawData;
    }

    // A body of less than 64 bytes has a header of one byte, every other one of twelve.
    private int HeaderLength(int address) => (_assembly.GetSectionData(address).GetContent(0, 1)[0] & 3) == 2 ? 1 : 12;

    [GeneratedRegex(@"^FastConv\.(Kernels|Primitives|Shapes)\b")]
    private static partial Regex Changed();
}
