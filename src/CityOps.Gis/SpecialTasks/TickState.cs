namespace CityOps.Gis.SpecialTasks;

/// <summary>How an item of a special task stands in a grid; written as <see cref="Cases.CaseCodes"/> writes it.</summary>
public enum TickState
{
    /// <summary>Nobody has looked, or it was ticked by mistake.</summary>
    Open,
    InOrder,

    /// <summary>Something is wrong; a case may have been filed.</summary>
    NotInOrder,
}
