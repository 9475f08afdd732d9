using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CityOps.Gis.Web.Commands;

namespace CityOps.Gis.Web.Devices;

/// <summary>Reads from the environment how devices reach the product; see <c>src/docs/devices.md</c>.</summary>
public static class DeviceSettings
{
    public const string Own = "CITYOPS_MQTT", External = "CITYOPS_MQTT_BROKER", PasswordFile = "CITYOPS_MQTT_PASSWORD_FILE", AuthorityFile = "CITYOPS_MQTT_CA_FILE", ClientId = "CITYOPS_MQTT_CLIENT", Days = "CITYOPS_READING_DAYS";
    const string Plain = "mqtt", Encrypted = "mqtts";
    const int PlainPort = 1883, EncryptedPort = 8883;

    /// <param name="hasCertificate">The server has a certificate for TLS.</param>
    /// <exception cref="CommandException">A variable cannot be read.</exception>
    public static DeviceOptions Read(bool hasCertificate)
    {
        var options = new DeviceOptions { External = ReadExternal() };
        if (Variable(Days) is { } days)
            options = options with { Kept = int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 36_500 ? TimeSpan.FromDays(number) : throw Bad(Days, days, "90") };
        if (Variable(Own) is not { } own)
            return options;
        var (address, isEncrypted) = Address(Own, own == "on" ? $"{Plain}://127.0.0.1" : own);
        if (!IPAddress.TryParse(address.Host == "localhost" ? "127.0.0.1" : address.Host.Trim('[', ']'), out var ip))
            throw Bad(Own, own, $"{Plain}://127.0.0.1:{PlainPort}");
        if (isEncrypted && !hasCertificate)
            throw new CommandException(new($"{own} 需要证书：请以 {Safety.SafetySettings.Certificate} 指定 PEM 或 PFX 文件。", $"{own} needs a certificate: name a PEM or PFX file by {Safety.SafetySettings.Certificate}."));
        options = options with { Broker = new(ip, address.Port), IsEncrypted = isEncrypted };
        return !IsOpenToEavesdroppers(options) || Safety.SafetySettings.AllowsUnencrypted ? options : throw new CommandException(new(
            $"{own}：设备的密钥与数据会以明文经过网络。请用 {Encrypted}:// 并以 {Safety.SafetySettings.Certificate} 设置证书；网络本身可信时，设 {Safety.SafetySettings.Unencrypted}=yes。",
            $"{own}: the devices' keys and data would cross the network in the clear. Use {Encrypted}:// with a certificate ({Safety.SafetySettings.Certificate}); where the network itself is trusted, set {Safety.SafetySettings.Unencrypted}=yes."));
    }

    /// <summary>Would keys cross a network in the clear?</summary>
    public static bool IsOpenToEavesdroppers(DeviceOptions options) => options is { Broker: { } own, IsEncrypted: false } && !IPAddress.IsLoopback(own.Address);

    static ExternalBroker? ReadExternal()
    {
        if (Variable(External) is not { } text)
            return null;
        var (address, isEncrypted) = Address(External, text);
        var password = Variable(PasswordFile) is not { } file ? null
            : File.Exists(file) ? File.ReadAllText(file).TrimEnd('\r', '\n') : throw new CommandException(new($"没有文件 {file}（{PasswordFile}）。", $"There is no file {file} ({PasswordFile})."));
        var broker = new ExternalBroker(address.Host, address.Port, isEncrypted, address.UserInfo.Length > 0 ? Uri.UnescapeDataString(address.UserInfo) : null, password);
        if (Variable(AuthorityFile) is { } authorities)
            broker = broker with { Authorities = isEncrypted ? Authorities(authorities) : throw new CommandException(new($"设置了 {AuthorityFile}，但 {External} 不是 {Encrypted}://。", $"{AuthorityFile} is set, but {External} is not {Encrypted}://.")) };
        return Variable(ClientId) is { } client ? broker with { ClientId = client } : broker;
    }

    static X509Certificate2Collection Authorities(string file)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPemFile(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            all.Clear();
        }
        return all.Count > 0 ? all : throw new CommandException(new($"{file}（{AuthorityFile}）中读不到 PEM 格式的证书。", $"No certificates in PEM can be read from {file} ({AuthorityFile})."));
    }

    static (Uri Address, bool IsEncrypted) Address(string name, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not (Plain or Encrypted) || address.Host.Length == 0 || address.PathAndQuery is not ("" or "/") || address.UserInfo.Contains(':', StringComparison.Ordinal))
            throw Bad(name, text, $"{Plain}://127.0.0.1:{PlainPort}");
        var isEncrypted = address.Scheme == Encrypted;
        return (address.Port > 0 ? address : new UriBuilder(address) { Port = isEncrypted ? EncryptedPort : PlainPort }.Uri, isEncrypted);
    }

    static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text : null;

    static CommandException Bad(string name, string text, string good) => new(new($"{name}=“{text}”无法使用；应如 {good}。", $"{name}='{text}' cannot be used; it should be like {good}."));
}
