using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Reference;

namespace FastConv.Fuzz.Shapes;

/// <summary>Windows to columns and back.</summary>
internal sealed class ColumnsTarget() : ShapeTarget("columns")
{
    protected override string Run(Random random)
    {
        int groups = random.Next(3) == 0 ? Size(random, 4) : 1;
        Conv2dShape shape = Conv2dShape.Create(
            Size(random, 3), unchecked(groups * (1 + random.Next(4))), Size(random, 20), Size(random, 40), unchecked(groups * (1 + random.Next(4))), (Size(random, 4), Size(random, 4)),
            (Size(random, 3), Size(random, 3)), Padding.Sides(SizeOrNone(random, 3), SizeOrNone(random, 3), SizeOrNone(random, 3), SizeOrNone(random, 3)),
            (Size(random, 2), Size(random, 2)), groups);
        int length = Im2ColPrimitives.ColumnsLength(shape);
        if (length > MostProducts || shape.InputShape.Length > MostProducts)
        {
            return "a shape too large to compare";
        }

        bool isRight = true;
        float[] input = Values(random, LengthFor(random, shape.InputShape.Length, ref isRight));
        float[] columns = Unwritten(LengthFor(random, length, ref isRight));
        if (!Ran(() => Im2ColPrimitives.Im2Col(shape, input, columns), columns, isRight))
        {
            return "refused";
        }

        AssertClose($"columns of {shape}", Im2ColReference.Im2Col(shape, Doubles(input)), columns);
        float[] gradColumns = Values(random, length);
        float[] gradInput = Unwritten(LengthFor(random, shape.InputShape.Length, ref isRight));
        if (Ran(() => Im2ColPrimitives.Col2Im(shape, gradColumns, gradInput), gradInput, isRight))
        {
            AssertClose($"image of the columns of {shape}", Im2ColReference.Col2Im(shape, Doubles(gradColumns)), gradInput);
        }

        return $"right {groups > 1}";
    }
}
