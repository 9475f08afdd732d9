using MudBlazor;

namespace CityOps.Gis.Web.Components;

/// <summary>Colours and letters of the pages. Fonts are the machine's own; nothing is fetched.</summary>
public static class Look
{
    static readonly string[] Fonts =
        ["Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "system-ui", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight()
        {
            Primary = "#0b4f8a", Background = "#ffffff", Surface = "#ffffff", AppbarBackground = "#ffffff", AppbarText = "#1d2b36",
            DrawerBackground = "#ffffff", DrawerText = "#1d2b36", TextPrimary = "#1d2b36", TextSecondary = "#566672", LinesDefault = "#dfe5e9", Divider = "#dfe5e9",
        },
        LayoutProperties = new() { AppbarHeight = "56px", DrawerWidthLeft = "296px", DefaultBorderRadius = "8px" },
        Typography = new() { Default = new DefaultTypography { FontFamily = Fonts, FontSize = "0.875rem", LineHeight = "1.5" } },
    };
}
