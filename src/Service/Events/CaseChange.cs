using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Service.Events;

/// <summary>One event of a log and what it made of the case. Policy is the one in force after it.</summary>
public sealed record CaseChange(LoggedEvent Logged, DunningCase Before, DunningCase After, Policy Policy);
