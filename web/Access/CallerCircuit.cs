using CityOps.Gis.Web.Safety;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace CityOps.Gis.Web.Access;

/// <summary>
/// Makes whatever a browser starts in its circuit (events, calls from JavaScript, navigation) run as the one whose circuit it is. What a circuit does of itself
/// has the caller from the request that opened it.
/// </summary>
sealed class CallerCircuit(AuthenticationStateProvider state, CircuitPace pace) : CircuitHandler
{
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async activity =>
    {
        (state as CircuitAuthentication)?.Use();
        var caller = CallerIdentity.CallerOf((await state.GetAuthenticationStateAsync()).User);
        await pace.Turn(caller);
        using (caller.Enter())
            await next(activity);
    };
}
