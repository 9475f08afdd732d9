using System.Runtime.InteropServices;
using Apache.Arrow.C;

namespace CityOps.Gis.SurveyImport.Sources.Gdal;

/// <summary>
/// The C API of the installed libgdal (3.6 or later): the one place that knows it. Handles are raw pointers; a data set and what hangs on it belong to one thread
/// at a time. Errors are quiet here and asked for with <see cref="LastError"/>, which is kept per thread.
/// </summary>
static unsafe partial class GdalLibrary
{
    const string Name = "gdal";
    const uint OpenVectorVerbosely = 0x04 | 0x40;
    const int Failure = 3;
    static readonly string[] FileNames = ["libgdal.so.32", "libgdal.so", "libgdal.so.34", "libgdal.so.36", "libgdal.so.37"];
    static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>False when no libgdal is installed.</summary>
    public static bool IsInstalled => Loaded.Value;

    /// <returns>0 when none of the drivers opens the file.</returns>
    public static nint Open(string path, string[] drivers)
    {
        CPLErrorReset();
        // GDAL would make 2 March of a 30 February in GeoJSON; as text it reaches our own check.
        string?[]? options = drivers.Any(driver => driver.StartsWith("GeoJSON", StringComparison.Ordinal)) ? ["DATE_AS_STRING=YES", null]
            // A delivery does not make the server fetch addresses that it names.
            : drivers.Contains("GML") ? ["DOWNLOAD_SCHEMA=NO", null]
            : null;
        return GDALOpenEx(path, OpenVectorVerbosely, [.. drivers, null], options, null);
    }

    /// <summary>What GDAL last complained about on this thread, or null.</summary>
    public static string? LastError => CPLGetLastErrorType() >= Failure ? Text(CPLGetLastErrorMsg())?.ReplaceLineEndings(" ").Trim().TrimEnd('.') : null;

    public static string? Text(nint chars) => Marshal.PtrToStringUTF8(chars);

    /// <summary>Reference system of a layer as EPSG:n or WKT; null without one.</summary>
    public static string? ReferenceSystem(nint layer)
    {
        if (OGR_L_GetSpatialRef(layer) is var system && system == 0)
            return null;
        if (Text(OSRGetAuthorityName(system, null)) == "EPSG" && Text(OSRGetAuthorityCode(system, null)) is { } code)
            return "EPSG:" + code;
        OSRExportToWkt(system, out var chars);
        var wkt = Text(chars);
        VSIFree(chars);
        // GeoPackage's ids 0 and -1 are named so and say nothing.
        return string.IsNullOrEmpty(wkt) || wkt.Contains("\"Undefined ", StringComparison.OrdinalIgnoreCase) ? null : wkt;
    }

    /// <summary>Starts reading a layer as Arrow batches; false with <see cref="LastError"/> when it cannot.</summary>
    /// <param name="withIds">Whether the first column is the feature id: needed for a layer without fields, whose batches have no column or no geometry otherwise.</param>
    public static bool TryReadLayer(nint layer, int batchSize, bool withIds, out Apache.Arrow.Ipc.IArrowArrayStream? stream)
    {
        CPLErrorReset();
        var exported = CArrowArrayStream.Create();
        var isOpen = OGR_L_GetArrowStream(layer, exported, [withIds ? "INCLUDE_FID=YES" : "INCLUDE_FID=NO", $"MAX_FEATURES_IN_BATCH={batchSize}", null]) != 0;
        stream = isOpen ? CArrowArrayStreamImporter.ImportArrayStream(exported) : null;
        CArrowArrayStream.Free(exported);
        return isOpen;
    }

    /// <summary>ISO WKB without curves, triangles and polyhedra of a geometry that has them; null when GDAL cannot.</summary>
    public static byte[]? Straighten(ReadOnlySpan<byte> wkb)
    {
        const int multiPolygon = 6, littleEndian = 1;
        if (OGR_G_CreateFromWkb(wkb, 0, out var given, wkb.Length) != 0)
            return null;
        var linear = OGR_G_GetLinearGeometry(given, 0, null);
        OGR_G_DestroyGeometry(given);
        if (OGR_G_GetGeometryType(linear) % 1000 is 15 or 16 or 17)
            linear = OGR_G_ForceTo(linear, multiPolygon, null);
        var bytes = new byte[OGR_G_WkbSize(linear)];
        var code = OGR_G_ExportToIsoWkb(linear, littleEndian, bytes);
        OGR_G_DestroyGeometry(linear);
        return code == 0 ? bytes : null;
    }

    static bool Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(GdalLibrary).Assembly, (name, _, _) => name == Name ? Find() : 0);
        if (Find() is var library && library == 0)
            return false;
        GDALAllRegister();
        CPLSetErrorHandler(NativeLibrary.GetExport(library, "CPLQuietErrorHandler"));
        return true;
    }

    static nint Find()
    {
        foreach (var name in FileNames)
            if (NativeLibrary.TryLoad(name, out var library))
                return library;
        return 0;
    }

    [LibraryImport(Name)] private static partial void GDALAllRegister();
    [LibraryImport(Name)] private static partial nint CPLSetErrorHandler(nint handler);
    [LibraryImport(Name)] private static partial void CPLErrorReset();
    [LibraryImport(Name)] private static partial int CPLGetLastErrorType();
    [LibraryImport(Name)] private static partial nint CPLGetLastErrorMsg();
    [LibraryImport(Name)] private static partial void VSIFree(nint memory);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GDALOpenEx(string path, uint flags, string?[] drivers, string?[]? options, string?[]? siblings);
    [LibraryImport(Name)] internal static partial void GDALClose(nint dataset);
    [LibraryImport(Name)] internal static partial int GDALDatasetGetLayerCount(nint dataset);
    [LibraryImport(Name)] internal static partial nint GDALDatasetGetLayer(nint dataset, int index);

    [LibraryImport(Name)] internal static partial nint OGR_L_GetName(nint layer);
    [LibraryImport(Name)] internal static partial nint OGR_L_GetLayerDefn(nint layer);
    [LibraryImport(Name)] internal static partial uint OGR_L_GetGeomType(nint layer);
    [LibraryImport(Name)] internal static partial long OGR_L_GetFeatureCount(nint layer, int force);
    [LibraryImport(Name)] internal static partial int OGR_L_GetExtent(nint layer, double* minXMaxXMinYMaxY, int force);
    [LibraryImport(Name)] private static partial nint OGR_L_GetSpatialRef(nint layer);
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OGR_L_GetArrowStream(nint layer, CArrowArrayStream* stream, string?[] options);

    [LibraryImport(Name)] internal static partial int OGR_FD_GetFieldCount(nint definition);
    [LibraryImport(Name)] internal static partial nint OGR_FD_GetFieldDefn(nint definition, int field);
    [LibraryImport(Name)] internal static partial nint OGR_Fld_GetNameRef(nint field);
    [LibraryImport(Name)] internal static partial int OGR_Fld_GetType(nint field);
    [LibraryImport(Name)] internal static partial int OGR_Fld_GetSubType(nint field);
    [LibraryImport(Name)] internal static partial int OGR_Fld_GetWidth(nint field);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)] private static partial nint OSRGetAuthorityName(nint system, string? key);
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)] private static partial nint OSRGetAuthorityCode(nint system, string? key);
    [LibraryImport(Name)] private static partial int OSRExportToWkt(nint system, out nint wkt);

    [LibraryImport(Name)] private static partial int OGR_G_CreateFromWkb(ReadOnlySpan<byte> wkb, nint system, out nint geometry, int length);
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OGR_G_GetLinearGeometry(nint geometry, double maxAngle, string?[]? options);
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)] private static partial nint OGR_G_ForceTo(nint geometry, int type, string?[]? options);
    [LibraryImport(Name)] private static partial uint OGR_G_GetGeometryType(nint geometry);
    [LibraryImport(Name)] private static partial int OGR_G_WkbSize(nint geometry);
    [LibraryImport(Name)] private static partial int OGR_G_ExportToIsoWkb(nint geometry, int byteOrder, byte[] wkb);
    [LibraryImport(Name)] private static partial void OGR_G_DestroyGeometry(nint geometry);
}
