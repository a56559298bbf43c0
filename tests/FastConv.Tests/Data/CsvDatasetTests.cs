using System.Globalization;
using FastConv.Data;
using FastConv.Shapes;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Data;

public sealed class CsvDatasetTests : IDisposable
{
    private static readonly TensorShape Shape = [1, 2, 2];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1,2,3,4\n5,6,7,255\n", "0\n2\n")]
    [InlineData("1,2,3,4\r\n5,6,7,255\r\n", "0\r\n2\r\n")]
    [InlineData("1,2,3,4\n5,6,7,255", "0\n2")]
    [InlineData("a,b,c,d\n1,2,3,4\n5,6,7,255\n\n\n", "label\n0\n2\n\n")]
    [InlineData("\uFEFF1,2,3,4\n 5 ,\t6, 7,255\n", "\uFEFFlabel\n0\n2\n")]
    [InlineData("1.0,2.000000000000000000e+00,3,4\n5,6,7,2.55e2\n", "0.0\n2.000000000000000000e+00\n")]
    public void Load_reads_rows_with_or_without_a_header(string images, string labels)
    {
        CsvDataset dataset = Load(images, labels);
        Assert.Equal(2, dataset.Count);
        Assert.Equal(3, dataset.ClassCount);
        Assert.Equal(Shape, dataset.SampleShape);
        AssertSample(dataset, 0, [1, 2, 3, 4], 0);
        AssertSample(dataset, 1, [5, 6, 7, 255], 2);
    }

    [Fact]
    public void Values_that_are_no_bytes_are_kept_as_they_are()
    {
        CsvDataset dataset = Load("0.1,-2,256,1e-3\n1,2,3,4\n-1,0,0,0\n", "0\n1\n1\n");
        AssertSample(dataset, 0, [0.1f, -2, 256, 1e-3f], 0);
        AssertSample(dataset, 1, [1, 2, 3, 4], 1);
        AssertSample(dataset, 2, [-1, 0, 0, 0], 1);
    }

    [Fact]
    public void Rows_longer_than_the_buffer_are_read_whole()
    {
        const int Columns = 50_000;
        string row = string.Join(',', Enumerable.Range(0, Columns).Select(column => (column % 256).ToString(CultureInfo.InvariantCulture)));
        var dataset = CsvDataset.Load(_folder.Write("images", $"{row}\n{row}\n"), _folder.Write("labels", "0\n1\n"), [Columns]);
        float[] sample = new float[Columns];
        dataset.Read(1, sample, out _);
        Assert.Equal(255, sample[255]);
        Assert.Equal((Columns - 1) % 256, sample[^1]);
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        commas.NumberFormat.NumberGroupSeparator = ".";
        try
        {
            CultureInfo.CurrentCulture = commas;
            AssertSample(Load("1.5,2.25,3,4\n", "1\n"), 0, [1.5f, 2.25f, 3, 4], 1);
            Assert.Contains("received '1.5.0'", Refusal("1.5.0,2,3,4\n", "1\n"), StringComparison.Ordinal);
            Assert.Contains("received 0.5.", Refusal("1,2,3,4\n", "0.5\n"), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("1,2,3,4\n5,x,7,8\n", "0\n1\n", "images: row 2, column 2: expected a finite number, received 'x'.")]
    [InlineData("1,2,3,4\n5,,7,8\n", "0\n1\n", "images: row 2, column 2: expected a finite number, received ''.")]
    [InlineData("1,2,3,4\n5,6,7\n", "0\n1\n", "images: row 2, column 4: expected 4 columns, received 3.")]
    [InlineData("1,2,3,4\n5,6,7,8,9\n", "0\n1\n", "images: row 2, column 5: expected 4 columns, received more.")]
    [InlineData("1,2,3,4\n5,6,7,NaN\n", "0\n1\n", "images: row 2, column 4: expected a finite number, received 'NaN'.")]
    [InlineData("1,2,3,4\n5,6,7,1e99\n", "0\n1\n", "images: row 2, column 4: expected a finite number, received '1e99'.")]
    [InlineData("1,2,3,4\n\n5,6,7,8\n", "0\n1\n", "images: row 2, column 1: expected 4 columns, received an empty row before the end of the file.")]
    [InlineData("1,b,3,4\n5,6,7,8\n", "0\n1\n", "images: row 1, column 2: expected a finite number, received 'b'.")]
    [InlineData("a,b,c,d\ne,f,g,h\n", "0\n1\n", "images: row 2, column 1: expected a finite number, received 'e'.")]
    [InlineData("a,b,c,d\n1,2,3,4\n5,6,7,8 9\n", "0\n1\n", "images: row 3, column 4: expected a finite number, received '8 9'.")]
    [InlineData("1,2,3,4\n5,6,7,8\n", "0\n-1\n", "labels: row 2, column 1: expected a class in [0, 3), received -1.")]
    [InlineData("1,2,3,4\n5,6,7,8\n", "0\n3\n", "labels: row 2, column 1: expected a class in [0, 3), received 3.")]
    [InlineData("1,2,3,4\n5,6,7,8\n", "label\n0.5\n1\n", "labels: row 2, column 1: expected a class in [0, 3), received 0.5.")]
    [InlineData("1,2,3,4\n5,6,7,8\n", "0,1\n1,0\n", "labels: row 1, column 2: expected 1 columns, received more.")]
    [InlineData("1,2,3,4\n5,6,7,8\n", "0\n", "labels: expected 2 labels, one for each row of ")]
    [InlineData("1,2,3,4\n", "0\n1\n", "labels: expected 1 labels, one for each row of ")]
    [InlineData("", "", "images: expected at least one row of numbers, received none.")]
    [InlineData("a,b,c,d\n", "label\n", "images: expected at least one row of numbers, received none.")]
    public void Wrong_files_are_refused_with_row_and_column(string images, string labels, string message) =>
        Assert.Contains(message, Refusal(images, labels), StringComparison.Ordinal);

    [Theory]
    [InlineData("2,1,2,3,4\n300,5,6,7,255\n", 0)]
    [InlineData("1,2,3,4,2\n5,6,7,255,300\n", 4)]
    [InlineData("a,b,label,c,d\n1,2,2,3,4\n5,6,300,7,255\n", 2)]
    public void A_column_of_the_samples_may_hold_the_label(string text, int column)
    {
        string path = _folder.Write("both", text);
        foreach (Index index in (Index[])[column, new Index(5 - column, fromEnd: true)])
        {
            var dataset = CsvDataset.Load(path, index, Shape);
            Assert.Equal((2, 301), (dataset.Count, dataset.ClassCount));
            AssertSample(dataset, 0, [1, 2, 3, 4], 2);
            AssertSample(dataset, 1, [5, 6, 7, 255], 300);
        }
    }

    [Fact]
    public void A_wrong_label_in_a_column_is_refused_with_row_and_column()
    {
        string path = _folder.Write("both", "1,2,3,4,1\n1,2,3,4,7\n");
        Assert.EndsWith(
            "both: row 2, column 5: expected a class in [0, 3), received 7.",
            Assert.Throws<InvalidDataException>(() => CsvDataset.Load(path, ^1, Shape, classCount: 3)).Message,
            StringComparison.Ordinal);
        Assert.Contains("row 1, column 5: expected 5 columns, received 4", Assert.Throws<InvalidDataException>(() => CsvDataset.Load(_folder.Write("few", "1,2,3,4\n"), ^1, Shape)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => CsvDataset.Load(path, 5, Shape));
        Assert.Throws<ArgumentOutOfRangeException>(() => CsvDataset.Load(path, ^6, Shape));
    }

    // Programs that write a table without names number its columns.
    [Fact]
    public void A_header_may_be_numbers_and_its_absence_may_be_required()
    {
        string numbers = _folder.Write("numbers", "0,1,2,3\n1,2,3,4\n");
        string names = _folder.Write("names", "a,b,c,d\n1,2,3,4\n");
        string label = _folder.Write("label", "0\n1\n");
        Assert.Equal(1, CsvDataset.Load(numbers, label, Shape, header: CsvHeader.Present).Count);
        Assert.Equal(2, CsvDataset.Load(numbers, label, Shape, header: CsvHeader.Absent).Count);
        Assert.Contains(
            "names: row 1, column 1: expected a finite number, received 'a'",
            Assert.Throws<InvalidDataException>(() => CsvDataset.Load(names, label, Shape, header: CsvHeader.Absent)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        string images = _folder.Write("images", "1,2,3,4\n");
        Assert.Contains("absent", Assert.Throws<FileNotFoundException>(() => CsvDataset.Load(images, _folder["absent"], Shape)).Message, StringComparison.Ordinal);
    }

    private static void AssertSample(CsvDataset dataset, int index, float[] expected, int expectedLabel)
    {
        float[] sample = TestTensors.NaNs(expected.Length);
        dataset.Read(index, sample, out int label);
        Assert.Equal(expected, sample);
        Assert.Equal(expectedLabel, label);
    }

    private CsvDataset Load(string images, string labels, int? classCount = null) =>
        CsvDataset.Load(_folder.Write("images", images), _folder.Write("labels", labels), Shape, classCount);

    private string Refusal(string images, string labels) =>
        Assert.Throws<InvalidDataException>(() => Load(images, labels, classCount: 3)).Message;
}
