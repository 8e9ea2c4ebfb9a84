using Dunning.Service.Replies.Mail;

namespace Dunning.Service.Tests.Replies;

/// <summary>What a person wrote, whatever their program put around it.</summary>
public sealed class OwnWordsTests
{
    private const string Said = "Bonjour,\n\nLe virement part vendredi.\n\nJeanne";

    [Theory]
    [InlineData("\n\nLe lun. 9 nov. 2026 à 09:00, Moulins du Rhône <facturation@example.com> a écrit :\n\n> Bonjour,\n> La facture…")]
    [InlineData("\n\nLe lundi 9 novembre 2026 à 09:00, Moulins du Rhône\n<facturation@example.com> a écrit :\n> Bonjour")]
    [InlineData("\n\nOn Mon, Nov 9, 2026 at 9:00 AM Moulins <f@example.com> wrote:\n> Hello")]
    [InlineData("\n\nOp ma 9 nov 2026 om 09:00 schreef Moulins <f@example.com>:\n> Hallo")]
    [InlineData("\n\nAm 09.11.2026 um 09:00 schrieb Moulins:\n> Hallo")]
    [InlineData("\n\n-----Message d'origine-----\nDe : Moulins\nEnvoyé : lundi\n\nBonjour")]
    [InlineData("\n\n-----Original Message-----\nFrom: Moulins\n\nHello")]
    [InlineData("\n\n________________________________\nDe : Moulins\nEnvoyé : lundi\nÀ : Jeanne\n\nBonjour")]
    [InlineData("\n\nDe : Moulins <f@example.com>\nEnvoyé : lundi 9 novembre\nÀ : Jeanne\nObjet : Relance\n\nBonjour")]
    [InlineData("\n\n*From:* Moulins\n*Sent:* Monday\n*To:* Jeanne\n\nHello")]
    [InlineData("\n\n> La facture est échue.\n> Merci.")]
    [InlineData("")]
    public void The_message_they_answer_is_not_theirs(string history) => Assert.Equal(Said, OwnWords.Of(Said + history));

    [Fact]
    public void Whoever_answers_below_or_between_is_heard_too()
    {
        const string below = "Le lun. 9 nov. 2026 à 09:00, Moulins <f@example.com> a écrit :\n> Quand payez-vous ?\nVendredi.\n> Combien ?\nTout.";
        Assert.Equal("Vendredi.\nTout.", OwnWords.Of(below));
    }

    [Theory]
    [InlineData("De : rien, merci.")]
    [InlineData("Le comptable a écrit hier.")]
    [InlineData("Date: vendredi")]
    [InlineData("On verra.")]
    public void Words_that_only_look_like_it_stay(string said) => Assert.Equal(said, OwnWords.Of(said));

    [Fact]
    public void A_page_is_read_as_its_words()
    {
        const string page = "<html><head><title>x</title><style>p{color:red}</style></head><body><p>Bonjour,</p><div>d&eacute;j&agrave; pay&eacute;&nbsp;!<br>Jeanne</div><script>alert(1)</script><blockquote><p>Relance</p></blockquote></body></html>";
        Assert.Equal("Bonjour,\n\ndéjà payé\u00A0!\nJeanne", string.Join("\n", OwnWords.Of(HtmlReading.Text(page)).Split('\n').Where(l => l.Trim() != "Relance")).Trim());
    }

    [Fact]
    public void An_endless_line_is_no_trouble()
    {
        var text = "Le " + string.Concat(Enumerable.Repeat("a ", 500_000)) + "a écrit";
        Assert.Equal(1000, OwnWords.Of(text).Length, 1d);
    }
}
