namespace CityOps.Gis.PostGis.Exports;

/// <summary>What is kept of an export.</summary>
/// <param name="Who">Who asked for it; <c>anonymous</c> of the time before people signed in.</param>
/// <param name="Question">The question as <see cref="CityOps.Gis.Queries.FeatureQueryText"/> prints it.</param>
/// <param name="Options">How it was written: reference system, encoding, names.</param>
/// <param name="Rows">Rows and bytes that were written, also of one that was broken off.</param>
/// <param name="EndedAt">Null while it runs, or where the program was killed.</param>
public sealed record ExportRecord(
    long Id, string Who, DateTimeOffset StartedAt, string LayerId, string Question, string Format, string Options, long Rows, long Bytes, bool IsFinished, DateTimeOffset? EndedAt);
