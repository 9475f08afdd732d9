using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Diagnosis;

namespace CityOps.Gis.Web.Commands.Doctor;

/// <summary>Looks at the machine the program runs on: programs it needs, memory, disks, the address it would serve.</summary>
public sealed class MachineDiagnosis(Machine machine, DoctorQuestion question)
{
    const long FullDisk = 500L << 20, NearlyFullDisk = 5L << 30;

    public IEnumerable<Finding> Run()
        => Programs().Concat(Disks()).Append(Memory()).Concat(Addresses());

    IEnumerable<Finding> Programs()
    {
        yield return Finding.Well("dotnet", $".NET {Environment.Version}", $".NET {Environment.Version}");
        foreach (var (program, package, zh, en) in new[]
        {
            ("ogr2ogr", "gdal-bin", "读取 FileGDB、GeoPackage、KML、DXF 等", "reading FileGDB, GeoPackage, KML, DXF and more"), ("mdb-ver", "mdbtools", "读取个人地理数据库（.mdb）", "reading personal geodatabases (.mdb)"),
        })
            yield return machine.VersionOf(program) is { } version
                ? Finding.Well(package, $"{package}：{version}", $"{package}: {version}")
                : Finding.Fault(package, new($"没有安装 {package}，无法{zh}", $"{package} is not installed: no {en}"), new($"apt-get install {package}", $"apt-get install {package}"));
    }

    IEnumerable<Finding> Disks()
    {
        foreach (var (id, zh, en, folder) in question.Folders)
        {
            if (machine.FreeBytes(folder) is not { } free)
                continue;
            var size = string.Create(CultureInfo.InvariantCulture, $"{free / 1073741824.0:N1} GB");
            var (what, remedy) = (new LocalText($"{zh}（{folder}）所在磁盘剩余 {size}", $"{size} are free on the disk of {en} ({folder})"), new LocalText("腾出空间，或换一块更大的磁盘。磁盘写满后不能导入和保存。", "Make room or take a larger disk. When it is full, nothing can be imported or saved."));
            yield return free < FullDisk ? Finding.Fault(id, what, remedy) : free < NearlyFullDisk ? Finding.Warning(id, what, remedy) : new(id, FindingLevel.Well, what);
        }
    }

    Finding Memory()
    {
        var (has, wants) = (machine.MemoryBytes(), question.EngineBytes ?? machine.MemoryBytes() / 2);
        var text = string.Create(CultureInfo.InvariantCulture, $"{wants >> 20:N0} MB / {has >> 20:N0} MB");
        return wants <= has * 4 / 5
            ? Finding.Well("memory", $"图层可用内存 {text}", $"Memory for layers: {text}")
            : Finding.Warning("memory", new($"{EngineSettings.Memory} 让图层占用 {text}，系统会因内存不足终止进程", $"{EngineSettings.Memory} gives the layers {text}; the system will end the process for want of memory"),
                new($"把 {EngineSettings.Memory} 设为内存的一半左右。", $"Set {EngineSettings.Memory} to about half of the memory."));
    }

    IEnumerable<Finding> Addresses()
    {
        foreach (var address in question.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(address.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var url))
            {
                yield return Finding.Fault("address", new($"“{address}”不是地址", $"'{address}' is no address"), new("写作 http://主机:端口。", "Write it as http://host:port."));
                continue;
            }
            if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
                yield return Finding.Warning("address", new($"{address} 对网络开放而未加密：密码和数据可被旁人读取", $"{address} is open to the network without encryption: passwords and data can be read on the way"),
                    new("使用 https，或只监听 localhost 并置于带 https 的反向代理之后。", "Use https, or listen on localhost behind a reverse proxy that has it."));
            yield return machine.IsPortFree(url.Port)
                ? Finding.Well("port", $"端口 {url.Port} 可用", $"Port {url.Port} is free")
                : Finding.Note("port", $"端口 {url.Port} 正被使用：平台已在运行，或被其他程序占用", $"Port {url.Port} is in use: the program runs already, or something else has it");
        }
    }
}
