using System.Reflection;
using System.Runtime.CompilerServices;

namespace FastConv.PerfGate.Code;

/// <summary>A method whose innermost loop is looked at.</summary>
/// <param name="Name">Of the row.</param>
/// <param name="Method">With all its type arguments.</param>
/// <param name="MultiplyAdds">Of a step of the loop, by formula.</param>
internal sealed record CodeKernel(string Name, MethodInfo Method, int MultiplyAdds)
{
    /// <summary>The method's name in a listing, up to its parameters.</summary>
    public string ListedName
    {
        get
        {
            Type[] arguments = Method.GetGenericArguments();
            return $"{Listed(Method.DeclaringType!)}:{Method.Name}{(arguments is [] ? "" : Listed(arguments))}(";
        }
    }

    /// <summary>Has the JIT compile the method, without a call.</summary>
    public void Compile()
    {
        IEnumerable<Type> arguments = Method.DeclaringType!.GetGenericArguments().Concat(Method.GetGenericArguments());
        RuntimeHelpers.PrepareMethod(Method.MethodHandle, [.. arguments.Select(argument => argument.TypeHandle)]);
    }

    private static string Listed(Type type) =>
        type.IsGenericType ? type.GetGenericTypeDefinition().FullName + Listed(type.GetGenericArguments()) : type.FullName!;

    private static string Listed(Type[] arguments) => $"[{string.Join(',', arguments.Select(Listed))}]";
}
