namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>A department of the sample city.</summary>
/// <param name="Code">18-character unified social credit code with a right check digit; the body is invented.</param>
/// <param name="Role">What it answers for, such as <c>municipal</c> or <c>greening</c>; district departments share the role of their bureau.</param>
/// <param name="District">Index of its district; -1 = the city's.</param>
sealed record Department(string Code, string Name, string ShortName, string Role, int District, int Parent);
