namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Where things of one class stand. A class has one rule, so no two rules put the same class on one spot.</summary>
/// <param name="Normal">On streets the spacing in m, elsewhere the number per corner, block or cell; 0 = none.</param>
/// <param name="Full">The same in a full census.</param>
/// <param name="Kerb">Distance from the kerb in m, outward; from the centre line when <paramref name="IsFromCentre"/>.</param>
/// <param name="Widest">Widest road it stands on; <paramref name="Narrowest"/> the narrowest.</param>
/// <param name="Role">Role of the responsible department; <paramref name="Owner"/> indexes <see cref="ClassRules.Owners"/>.</param>
/// <param name="HalfLength">Of a line or an area along its street, m; <paramref name="HalfWidth"/> across it.</param>
sealed record ClassRule(
    string Code, PlaceKind Where, double Normal, double Full, double Kerb, bool IsBothSides, string Role, int Owner,
    RoadClass Widest = RoadClass.Expressway, RoadClass Narrowest = RoadClass.Neighbourhood, bool IsFromCentre = false, double HalfLength = 0, double HalfWidth = 0);
