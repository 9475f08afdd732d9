using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Exports;
using Parquet;
using Parquet.Schema;

namespace CityOps.Gis.Exports.Formats;

/// <summary>The values of one column until their row group is written.</summary>
abstract class ParquetColumn(DataField described)
{
    public DataField Field => described;

    public abstract void Add(ExportRow row);

    public abstract Task Write(ParquetRowGroupWriter group, CancellationToken cancel);

    public static ParquetColumn Of(ExportColumn column, int index) => column.Type switch
    {
        FieldType.Integer => new Values<long>(column.Name, index, row => row.Integer(index)),
        FieldType.Real => new Values<double>(column.Name, index, row => row.Real(index)),
        FieldType.Boolean => new Values<bool>(column.Name, index, row => row.Truth(index)),
        FieldType.Date => new Values<DateOnly>(column.Name, index, row => row.Date(index)),
        FieldType.DateTime => new Values<DateTime>(column.Name, index, row => row.Instant(index)),
        _ => new Texts(column.Name, index),
    };

    sealed class Values<T>(string name, int index, Func<ExportRow, T> value) : ParquetColumn(new DataField<T?>(name))
        where T : struct
    {
        readonly List<T?> _values = [];

        public override void Add(ExportRow row) => _values.Add(row.IsNull(index) ? null : value(row));

        public override async Task Write(ParquetRowGroupWriter group, CancellationToken cancel)
        {
            await group.WriteAsync<T>(Field, _values.ToArray(), cancellationToken: cancel);
            _values.Clear();
        }
    }

    sealed class Texts(string name, int index) : ParquetColumn(new DataField<string>(name))
    {
        readonly List<string?> _values = [];

        public override void Add(ExportRow row) => _values.Add(row.Text(index));

        public override async Task Write(ParquetRowGroupWriter group, CancellationToken cancel)
        {
            await group.WriteAsync(Field, _values!);
            _values.Clear();
        }
    }
}
