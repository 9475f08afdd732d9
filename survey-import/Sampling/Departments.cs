namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>The tree of 37 departments: the city, twelve bureaus, and four departments in each of six districts.</summary>
sealed class Departments
{
    const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    // Weights of GB 32100-2015.
    static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    static readonly (string Role, string Name, string Short)[] Bureaus =
    [
        ("enforcement", "厦门市城市管理行政执法局", "市城管局"), ("municipal", "厦门市市政园林局", "市市政园林局"), ("building", "厦门市建设局", "市建设局"),
        ("transport", "厦门市交通运输局", "市交通局"), ("police", "厦门市公安局交通警察支队", "市交警支队"), ("water", "厦门市水利局", "市水利局"),
        ("environment", "厦门市生态环境局", "市生态环境局"), ("planning", "厦门市自然资源和规划局", "市资源规划局"), ("culture", "厦门市文化和旅游局", "市文旅局"),
        ("fire", "厦门市消防救援支队", "市消防支队"), ("telecom", "厦门市通信管理局", "市通管局"), ("industry", "厦门市工业和信息化局", "市工信局"),
    ];

    static readonly (string Role, string Suffix)[] InDistricts =
        [("enforcement", "城市管理局"), ("municipal", "建设与交通局"), ("sanitation", "环境卫生中心"), ("greening", "园林绿化中心")];

    readonly Dictionary<(string Role, int District), int> _byRole = [];

    public Departments()
    {
        Add("government", "厦门市人民政府", "市政府", -1, -1);
        foreach (var (role, name, shortName) in Bureaus)
            Add(role, name, shortName, -1, 0);
        for (var d = 0; d < Divisions.Districts.Length; d++)
            foreach (var (role, suffix) in InDistricts)
                Add(role, $"厦门市{Divisions.Districts[d].Name}{suffix}", Divisions.Districts[d].Short + suffix, d, _byRole[(role is "enforcement" or "sanitation" ? "enforcement" : "municipal", -1)]);
    }

    public List<Department> All { get; } = [];

    /// <summary>The district's department for a role, or the city's where districts have none.</summary>
    public int Responsible(string role, int district)
        => _byRole.TryGetValue((role, district), out var own) ? own : _byRole[(role, -1)];

    /// <summary>An invented unified social credit code for a body number; the prefix is the kind of body and the division.</summary>
    public static string CreditCode(string prefix, int number)
    {
        var body = $"{prefix}{"MB" + (100_000 + number * 7919 % 899_999).ToString("D6", System.Globalization.CultureInfo.InvariantCulture)}{number % 10}";
        var sum = 0;
        for (var i = 0; i < 17; i++)
            sum += Alphabet.IndexOf(body[i]) * Weights[i];
        return body + Alphabet[(31 - sum % 31) % 31];
    }

    void Add(string role, string name, string shortName, int district, int parent)
    {
        _byRole[(role, district)] = All.Count;
        var division = district < 0 ? "350200" : Divisions.Districts[district].Code;
        All.Add(new(CreditCode("11" + division, 1000 + All.Count), name, shortName, role, district, parent));
    }
}
