namespace CityOps.Gis.Web.Access.People;

/// <summary>
/// Passwords that many people use, or that somebody who knows how people make them would soon guess: common ones with digits and signs around them or letters replaced by
/// look-alikes, repetitions, rows of keys, dates (D. Wheeler, zxcvbn: low-budget password strength estimation, USENIX Security 2016).
/// </summary>
static class CommonPasswords
{
    // The estimate takes long for long texts, which are not what it was made for.
    const int Looked = 40;

    /// <summary>Words of the trade and parts of passwords that are much used in China, which the estimate's English lists lack.</summary>
    static readonly string[] s_own =
    [
        "cityops", "citymanagement", "chengguan", "chengshiguanli", "wangge", "wanggeyuan", "xiamen", "fujian", "zhongguo", "beijing", "guanliyuan", "mima", "nihao", "huanying",
        "woaini", "woaini1314", "woaini1314520", "woaini520", "5201314", "1314520", "5211314", "a123456", "123456a", "q123456", "aini1314", "wodemima", "zhimakaimen", "admin", "administrator",
    ];

    /// <summary>Of zxcvbn's five steps, and what would be guessed first.</summary>
    /// <param name="about">What the person is called.</param>
    public static (int Score, PasswordPart? Part) Weigh(string password, IEnumerable<string> about)
    {
        var weighed = Zxcvbn.Zxcvbn.MatchPassword(password.Length <= Looked ? password : password[..Looked], s_own.Concat(about));
        return (weighed.Score, weighed.MatchSequence.OrderByDescending(one => one.Token.Length).Select(one => PartOf(one.Pattern)).FirstOrDefault(part => part is not null));
    }

    static PasswordPart? PartOf(string pattern) => pattern switch
    {
        "dictionary" => PasswordPart.Word, "spatial" => PasswordPart.Keys, "repeat" => PasswordPart.Repetition, "sequence" => PasswordPart.Sequence,
        "digits" or "date" or "year" => PasswordPart.DateOrNumber, _ => null,
    };
}
