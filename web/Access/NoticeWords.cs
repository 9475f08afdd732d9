using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Access;

/// <summary>Says what of a way of signing in was changed, when, by whom and from where.</summary>
public sealed class NoticeWords(IStringLocalizer<AccessText> texts, FieldText values)
{
    public string What(CredentialNotice notice)
        => notice.Kind == AuditKinds.Name(AuditKind.KeyMade) ? texts["NoticeKey", notice.Subject ?? ""]
        : notice.Kind == AuditKinds.Name(AuditKind.TwoFactorChanged) ? texts[notice.IsOn == true ? "NoticeStepOn" : "NoticeStepOff"]
        : texts["NoticePassword"];

    /// <param name="isTold">To the person himself.</param>
    public string Where(CredentialNotice notice, bool isTold = true)
        => texts["NoticeWhere", values.Time(notice.At), notice.IsOwn ? isTold ? texts["NoticeYou"].Value : notice.Name : notice.Who, notice.Address ?? texts["NoticeMachine"].Value];
}
