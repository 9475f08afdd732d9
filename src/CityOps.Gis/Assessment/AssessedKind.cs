namespace CityOps.Gis.Assessment;

/// <summary>What is assessed (评价对象); stored and in addresses as <see cref="Cases.CaseCodes"/> writes it. Areas above the unit grid are rated by the cases of all their grids.</summary>
public enum AssessedKind
{
    Grid,
    Community,
    Subdistrict,
    District,
    Department,

    /// <summary>监督员.</summary>
    Collector,

    /// <summary>受理员.</summary>
    Operator,

    /// <summary>值班长.</summary>
    ShiftLeader,

    /// <summary>派遣员.</summary>
    Dispatcher,
}
