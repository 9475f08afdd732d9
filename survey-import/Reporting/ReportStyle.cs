namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>Style of the page; free of angle brackets and ampersands, which a style element does not escape.</summary>
static class ReportStyle
{
    public const string Css = """

        @page { size: A4; margin: 15mm 14mm; }
        * { box-sizing: border-box; }
        html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        body { max-width: 960px; margin: 0 auto; padding: 28px 32px 40px; background: #fff; color: #1d2733;
          font: 14px/1.6 "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "Segoe UI", Arial, sans-serif; }
        :lang(en) body { font-family: "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", "Noto Sans", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
        header { border-bottom: 3px solid #1f3f66; padding-bottom: 12px; }
        h1 { margin: 0; font-size: 26px; line-height: 1.3; color: #1f3f66; letter-spacing: .02em; }
        header p { margin: 4px 0 0; color: #5b6770; }
        h2 { margin: 30px 0 10px; font-size: 17px; color: #1f3f66; border-left: 4px solid #1f3f66; padding-left: 9px; line-height: 1.3; break-after: avoid; }
        h3 { margin: 18px 0 6px; font-size: 14px; break-after: avoid; }
        p { margin: 6px 0; overflow-wrap: anywhere; }
        .note, .for, footer { color: #5b6770; font-size: 12.5px; }
        .outcome { margin: 20px 0 0; padding: 12px 16px; border: 1px solid #d4dae1; border-left-width: 5px; background: #f6f8fa; }
        .outcome.good { border-left-color: #2e7d4f; }
        .outcome.mixed { border-left-color: #c77700; }
        .outcome.open { border-left-color: #5b6770; }
        .outcome p { margin: 0; }
        .outcome .sentence { font-size: 16px; font-weight: 600; }
        table { width: 100%; border-collapse: collapse; font-size: 13px; }
        thead { display: table-header-group; }
        tr { break-inside: avoid; }
        th, td { padding: 5px 8px; text-align: left; vertical-align: top; border-bottom: 1px solid #e1e6eb; overflow-wrap: anywhere; }
        thead th { background: #eef2f6; color: #33475b; font-weight: 600; border-bottom: 1px solid #c3ccd6; white-space: nowrap; }
        .facts th { width: 170px; color: #5b6770; font-weight: 400; }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .rules th:nth-child(n+4), .faults th:nth-child(3), .layers th:nth-child(2) { text-align: right; }
        .clause div { white-space: nowrap; }
        .faults td:nth-child(2) { max-width: 150px; }
        .faults td:nth-child(7) { width: 220px; }
        .layers td { padding-top: 3px; padding-bottom: 3px; }
        .layers td:nth-child(n+2) { overflow-wrap: normal; }
        .layers .number { width: 90px; }
        .layers th:nth-child(3), .layers td:nth-child(3) { padding-left: 28px; }
        code { font: 12px/1.5 "DejaVu Sans Mono", Consolas, monospace; color: #5b6770; }
        .value { font-variant-numeric: tabular-nums; max-width: 190px; }
        .badge { display: inline-block; padding: 0 7px; border-radius: 3px; font-size: 12px; white-space: nowrap; color: #fff; }
        .badge.error { background: #b3261e; }
        .badge.warning { background: #b36b00; }
        .badge.note { background: #5b6770; }
        .numbers { display: grid; grid-template-columns: repeat(4, 1fr); margin: 0; border-top: 1px solid #e1e6eb; border-left: 1px solid #e1e6eb; }
        .numbers div { padding: 8px 12px; border-right: 1px solid #e1e6eb; border-bottom: 1px solid #e1e6eb; break-inside: avoid; }
        .numbers dt { color: #5b6770; font-size: 12.5px; }
        .numbers dd { margin: 0; font-size: 21px; line-height: 1.35; font-variant-numeric: tabular-nums; }
        .numbers .error dd { color: #b3261e; }
        ul { margin: 4px 0; padding-left: 20px; }
        .for { margin-left: 8px; }
        figure { margin: 0; break-inside: avoid; }
        svg { display: block; width: 100%; height: auto; border: 1px solid #d4dae1; background: #fbfcfd; }
        .legend span { margin-right: 18px; }
        .legend i { display: inline-block; width: 10px; height: 10px; border-radius: 5px; margin-right: 6px; }
        footer { margin-top: 34px; padding-top: 10px; border-top: 1px solid #d4dae1; }
        @media print { body { max-width: none; padding: 0; font-size: 12px; } table { font-size: 11px; } .numbers dd { font-size: 17px; } }
        @media (max-width: 640px) { body { padding: 16px; } .numbers { grid-template-columns: repeat(2, 1fr); } }

        """;
}
