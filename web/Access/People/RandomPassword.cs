using System.Security.Cryptography;

namespace CityOps.Gis.Web.Access.People;

/// <summary>Passwords that the product gives: random, easy to read out and to type.</summary>
static class RandomPassword
{
    // Without those that look alike.
    const string Signs = "abcdefghjkmnpqrstuvwxyz23456789";
    const int Groups = 4, GroupLength = 5;

    /// <summary>20 characters in groups: 99 bits.</summary>
    public static string Make() => string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Signs, GroupLength)));
}
