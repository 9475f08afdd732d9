using System.Runtime.CompilerServices;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>
/// Remembers what was found out about a text by its reference: readers hand out one instance for equal values that lie close together. Direct-mapped, 1,024 slots;
/// a slot lost is only work done again.
/// </summary>
sealed class ReferenceCache<T>
{
    readonly string?[] _keys = new string?[1024];
    readonly T[] _values = new T[1024];

    public bool TryGet(string key, out T value)
    {
        var slot = RuntimeHelpers.GetHashCode(key) & 1023;
        value = _values[slot];
        return ReferenceEquals(_keys[slot], key);
    }

    public void Set(string key, T value)
    {
        var slot = RuntimeHelpers.GetHashCode(key) & 1023;
        (_keys[slot], _values[slot]) = (key, value);
    }
}
