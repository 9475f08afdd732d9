using System.Runtime.InteropServices;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>Counts delivered and refused rows by class as they go by. One thread; equal classes of neighbouring rows are one instance, so most rows cost no look-up.</summary>
sealed class ClassTally
{
    readonly Dictionary<string, (long Delivered, long Refused)> _counts = [];
    readonly int _class;

    public ClassTally(LayerDefinition layer)
        => _class = layer.Class is null ? -1 : layer.Fields.Select((field, at) => field.Name == "class_code" ? at : -1).FirstOrDefault(at => at >= 0, -1);

    /// <summary>By class code; rows without a class under "".</summary>
    public IReadOnlyDictionary<string, ClassCount> Counts
        => new SortedDictionary<string, ClassCount>(_counts.ToDictionary(one => one.Key, one => new ClassCount(one.Value.Delivered, one.Value.Refused)), StringComparer.Ordinal);

    public void Add(CheckedChunk chunk)
    {
        if (_class < 0)
            return;
        var classes = (chunk.Fields[_class] as TextColumn)?.Values;
        for (var row = 0; row < chunk.Source.Count;)
        {
            var code = classes?[row];
            var (delivered, refused) = (0L, 0L);
            for (; row < chunk.Source.Count && ReferenceEquals(classes?[row], code); row++)
            {
                delivered++;
                refused += chunk.IsRefused[row] ? 1 : 0;
            }
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, code ?? "", out _);
            sum = (sum.Delivered + delivered, sum.Refused + refused);
        }
    }
}
