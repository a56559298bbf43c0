using System.Reflection;
using Xunit.Sdk;

namespace FastConv.Tests.Golden;

/// <summary>The names of a topic's cases, one at a time.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GoldenDataAttribute(string topic) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => GoldenFile.Load(topic).CaseNames.Select(name => (object[])[name]);
}
