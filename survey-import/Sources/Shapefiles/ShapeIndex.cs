using System.Buffers.Binary;

namespace CityOps.Gis.SurveyImport.Sources.Shapefiles;

/// <summary>Where each record of a .shp lies: from its .shx, or by walking the .shp when there is none or it does not fit.</summary>
sealed class ShapeIndex : IDisposable
{
    const int HeaderLength = 100, EntryLength = 8;
    readonly MappedFile? _shx;
    readonly List<long>? _offsets;

    ShapeIndex(MappedFile? shx, List<long>? offsets, long count) => (_shx, _offsets, Count) = (shx, offsets, count);

    public long Count { get; }

    /// <summary>True when the .shp was walked.</summary>
    public bool IsRebuilt => _offsets is not null;

    public static ShapeIndex Open(string? shxPath, MappedFile shp)
    {
        var shx = shxPath is null ? null : new MappedFile(shxPath);
        if (shx is { Length: >= HeaderLength } && Fits(shx, shp))
            return new(shx, null, (shx.Length - HeaderLength) / EntryLength);
        shx?.Dispose();
        var offsets = Walk(shp);
        return new(null, offsets, offsets.Count);
    }

    /// <summary>Byte position of a record's header in the .shp.</summary>
    public long Offset(long row)
        => _offsets is not null ? _offsets[(int)row] : 2L * BinaryPrimitives.ReadUInt32BigEndian(_shx!.Span(HeaderLength + row * EntryLength, 4));

    /// <summary>Content length in bytes as the .shx gives it, or 0 without one.</summary>
    public int Length(long row) => _shx is null ? 0 : 2 * BinaryPrimitives.ReadInt32BigEndian(_shx.Span(HeaderLength + row * EntryLength + 4, 4));

    /// <inheritdoc cref="MappedFile.Forget"/>
    public void Forget() => _shx?.Forget();

    public void Dispose() => _shx?.Dispose();

    // An index of another file shows at its first entry: records begin right behind the header in every shapefile that was written once through.
    static bool Fits(MappedFile shx, MappedFile shp)
        => BinaryPrimitives.ReadInt32BigEndian(shx.Span(0, 4)) == ShapefileHeader.FileCode
            && (shx.Length >= HeaderLength + EntryLength || shp.Length <= HeaderLength);

    static List<long> Walk(MappedFile shp)
    {
        var offsets = new List<long>();
        for (long at = HeaderLength; at + EntryLength <= shp.Length;)
        {
            var length = 2L * BinaryPrimitives.ReadInt32BigEndian(shp.Span(at + 4, 4));
            // Padding behind the last record is shorter than a shape type, or overruns the file under no number of ours; a record cut off still has its number.
            var isNext = BinaryPrimitives.ReadInt32BigEndian(shp.Span(at, 4)) == offsets.Count + 1;
            if (length < 4 || (!isNext && at + EntryLength + length > shp.Length))
                break;
            offsets.Add(at);
            at += EntryLength + length;
        }
        return offsets;
    }
}
