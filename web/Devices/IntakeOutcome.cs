using CityOps.Gis.Devices;

namespace CityOps.Gis.Web.Devices;

/// <summary>What became of what a device sent.</summary>
/// <param name="Stored">Messages that are in the database now and were not before.</param>
/// <param name="Repeated">Messages that were there already.</param>
/// <param name="Fault">Why nothing was taken; null where it was.</param>
public readonly record struct IntakeOutcome(int Stored, int Repeated, MessageFault? Fault = null);
