using System.Globalization;
using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Writes the CSV files of cameras, devices, cases and assessments.</summary>
sealed class CityTables(SampleWorld world, CodeList events, SampleSize size, string folder, SampleTally tally, CancellationToken cancel)
{
    static readonly (string Kind, string Name, string Role)[] Devices =
    [
        ("construction-noise", "工地噪声监测仪", "building"), ("bike-fence", "共享单车电子围栏", "transport"), ("gas-pressure", "燃气压力监测仪", "municipal"),
        ("smoke", "烟感探测器", "fire"), ("sewage-level", "污水液位计", "water"), ("manhole-tilt", "井盖倾斜传感器", "municipal"),
    ];

    readonly SpotPicker _spots = new(world);

    public void Write()
    {
        tally.Add("cameras.csv", WriteCameras(Path.Combine(folder, "cameras.csv")));
        tally.Add("devices.csv", WriteDevices(Path.Combine(folder, "devices.csv")));
        tally.Add("cases.csv", new CaseTable(world, events, _spots, size.Cases, cancel).Write(Path.Combine(folder, "cases.csv")));
        tally.Add("assessments.csv", new AssessmentTable(world, _spots, size).Write(Path.Combine(folder, "assessments.csv")));
    }

    /// <summary>Ids in the layout of GB/T 28181: 8 digits of the place, 2 of the trade, 132 for a camera, then the serial.</summary>
    long WriteCameras(string path)
    {
        var random = new SampleRandom((ulong)world.Seed + 404);
        using var file = new CsvFile(path, "摄像头编号,名称,状态,朝向,视场角,可视距离,安装高度,俯角,视频地址,所属部门代码,经度,纬度");
        for (var n = 1; n <= size.Cameras; n++)
        {
            var spot = _spots.Anywhere(random);
            var district = world.Spine.DistrictOfGrid(spot.Grid);
            var id = $"{Divisions.Districts[district].Code}0000132{n:D7}";
            var isDome = random.Unit() < 0.45;
            var state = random.Unit() switch { < 0.93 => "online", < 0.98 => "offline", _ => "fault" };
            var department = world.Departments.All[world.Departments.Responsible(random.Unit() < 0.5 ? "police" : "enforcement", district)].Code;
            file.Row(string.Create(CultureInfo.InvariantCulture,
                $"{id},{world.Network.Streets[spot.Street].Name}{(isDome ? "球机" : "枪机")}{n},{state},{random.Below(360)},{(isDome ? 60 : 35 + random.Below(55))},"
                + $"{(isDome ? 150 : 50 + 10 * random.Below(6))},{(isDome ? 9 : 5 + n % 3)},{12 + n % 9},rtsp://video.example.cn/{id},{department},{spot.Degrees}"));
        }
        return file.Rows;
    }

    long WriteDevices(string path)
    {
        var random = new SampleRandom((ulong)world.Seed + 505);
        using var file = new CsvFile(path, "设备编号,名称,类型,状态,最近在线,责任部门代码,经度,纬度");
        for (var n = 1; n <= size.Devices; n++)
        {
            var spot = _spots.Anywhere(random);
            var (kind, name, role) = Devices[random.Below(Devices.Length)];
            var state = random.Unit() switch { < 0.94 => "online", < 0.98 => "offline", _ => "alarm" };
            var seen = Calendar.Now.AddSeconds(-(state == "offline" ? 86_400 + random.Below(40 * 86_400) : random.Below(600)));
            var department = world.Departments.All[world.Departments.Responsible(role, world.Spine.DistrictOfGrid(spot.Grid))].Code;
            file.Row($"SB{n:D7},{world.Network.Streets[spot.Street].Name}{name}{n},{kind},{state},{Calendar.Text(seen)},{department},{spot.Degrees}");
        }
        return file.Rows;
    }
}
