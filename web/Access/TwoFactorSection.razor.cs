using CityOps.Gis.Web.Access.People;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using QRCoder;

namespace CityOps.Gis.Web.Access;

/// <summary>Switches the second step of signing in on, by an authenticator app that reads a QR code, and off again.</summary>
public sealed partial class TwoFactorSection(IStringLocalizer<AccessText> texts, OwnAccount account, AccessOptions options)
{
    const int ModulePixels = 4;
    bool? _isOn;
    string? _key, _fault;
    string _code = "", _password = "";
    MarkupString _picture;
    IReadOnlyList<string>? _codes;

    [Parameter, EditorRequired]
    public required Guid PersonId { get; set; }

    IStringLocalizer<AccessText> Text => texts;

    protected override async Task OnInitializedAsync() => _isOn = await account.HasTwoFactor(PersonId);

    async Task Begin()
    {
        var (key, address, wrong) = await account.BeginTwoFactor(PersonId, _password);
        (_password, _fault) = ("", Sentence(wrong));
        if (wrong is not null)
            return;
        using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(code);
        // Dark on light in both themes: not every telephone reads the other way round.
        (_key, _picture, _fault, _codes) = (key, new(picture.GetGraphic(ModulePixels, "#000000", "#ffffff")), null, null);
    }

    async Task Confirm()
    {
        _codes = await account.ConfirmTwoFactor(PersonId, _code);
        _fault = _codes is null ? Text["fault.WrongCode"].Value : null;
        _code = "";
        if (_codes is not null)
            (_isOn, _key) = (true, null);
    }

    async Task Remove()
    {
        var fault = await account.RemoveTwoFactor(PersonId, _password);
        _password = "";
        _fault = Sentence(fault);
        if (fault is null)
            (_isOn, _codes) = (false, null);
    }

    string? Sentence(SignInFault? fault)
        => fault switch { null => null, SignInFault.Wrong => Text["WrongPassword"].Value, _ => Text["fault." + fault, (int)options.LockedFor.TotalMinutes, PasswordRules.Least].Value };
}
