using System.Text;
using Dunning.Service.Figures;

namespace Dunning.Service.Tests.Figures;

/// <summary>The file of a figure, and the words that go with it.</summary>
public sealed class FigureTableTests
{
    [Fact]
    public void A_text_is_never_a_formula_and_a_number_stays_one()
    {
        FigureColumn[] columns = [new("step", "", "", CellKind.Text), new("on", "", "", CellKind.Date), new("days", "", "", CellKind.Days), new("count", "", "", CellKind.Count)];
        var table = new FigureTable("steps", "EUR", columns, [["=1+1", new DateOnly(2026, 10, 31), -1.50m, 3], ["+a", null, null, null], ["-b, \"c\"", null, 0m, -2], ["@d", null, null, null], ["e", null, null, null]]);
        Assert.Equal("\uFEFFstep,on,days,count\r\n'=1+1,2026-10-31,-1.50,3\r\n'+a,,,\r\n\"'-b, \"\"c\"\"\",,0,-2\r\n'@d,,,\r\ne,,,\r\n", Encoding.UTF8.GetString(table.Csv()));
    }

    [Fact]
    public void Every_figure_has_words_in_both_languages_and_its_french_keeps_its_spaces()
    {
        Assert.Equal(FigureDefinitions.All.Count, FigureDefinitions.All.Select(d => d.Key).Distinct().Count());
        foreach (var text in FigureDefinitions.All.SelectMany(d => (string[])[d.French.Name, d.French.Definition, d.French.Formula]))
        {
            Assert.NotEmpty(text);
            Assert.DoesNotMatch("[^\u00A0\u202F][:;?!%]|'|~", text);
        }
        Assert.All(FigureDefinitions.All.SelectMany(d => (string[])[d.English.Name, d.English.Definition, d.English.Formula]), text => Assert.DoesNotMatch(" [:;?!%]|'|^$", text));
    }
}
