namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>One placed component: its point (EPSG:4548), its half axes (m; zero for points), the cell it is in, and the street it is named for (-1 = its community).</summary>
readonly record struct PlacedShape(double X, double Y, double Ax, double Ay, double Bx, double By, int Cell, int Street);
