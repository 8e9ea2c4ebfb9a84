namespace Dunning.Domain;

/// <summary>The articles of law claims rest on, as they are quoted.</summary>
public static class Articles
{
    public const string FrenchBusinessInterest = "Code de commerce, art. L441-10 II";
    public const string FrenchBusinessIndemnity = "Code de commerce, art. L441-10 II et D441-5";
    public const string FrenchPublicInterest = "Code de la commande publique, art. L2192-13 et R2192-31";
    public const string FrenchPublicIndemnity = "Code de la commande publique, art. L2192-13 et D2192-35";
    public const string FrenchLegalInterest = "Code civil, art. 1231-6 et 1344-1";
    public const string FrenchJudgment = "Code monétaire et financier, art. L313-3";
    public const string BelgianBusinessInterest = "Loi belge du 2 août 2002, art. 5";
    public const string BelgianBusinessIndemnity = "Loi belge du 2 août 2002, art. 6";
    public const string BelgianConsumerClause = "Code de droit économique belge, art. XIX.4";
    public const string BelgianConsumerReminder = "Code de droit économique belge, art. XIX.2";
    public const string BelgianLegalInterest = "Loi belge du 5 mai 1865, art. 2 ; Code de droit économique belge, art. XIX.2";
    public const string InterestFirst = "Code civil, art. 1343-1";
}
