namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>A delivery that cannot be read; <see cref="Fault"/> says what, where and what to do, in both languages.</summary>
public sealed class SourceException(SourceFault fault, Exception? inner = null) : Exception(fault.Message.En, inner)
{
    public SourceFault Fault { get; } = fault;
}
