using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Outage;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

public sealed class PatienceTests
{
    [Fact]
    public async Task A_component_that_is_gone_does_not_open_the_page_again_when_the_database_is_back()
    {
        await using var page = new PageContext();
        var (outage, addresses) = (page.Services.GetRequiredService<DatabaseOutage>(), (Bunit.TestDoubles.BunitNavigationManager)page.Services.GetRequiredService<NavigationManager>());
        var first = page.Render<CutOff>().Instance;
        await page.DisposeComponentsAsync();
        Assert.True(first.IsDisposed);
        outage.Tell(true);
        outage.Tell(false);
        await Task.Delay(1500, Xunit.TestContext.Current.CancellationToken);
        Assert.Empty(addresses.History);

        page.Render<CutOff>();
        outage.Tell(true);
        outage.Tell(false);
        await Task.Delay(1500, Xunit.TestContext.Current.CancellationToken);
        Assert.Single(addresses.History);
    }

    [Fact]
    public async Task A_browser_that_has_stopped_to_answer_keeps_no_component_from_going()
    {
        await new Unanswering().GiveUp(new Unanswering());
        await ((IJSObjectReference?)null).GiveUp();
    }

    sealed class CutOff : PatientComponent, IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;

        protected override void OnInitialized() => throw new NpgsqlException("away", new System.Net.Sockets.SocketException());
    }

    sealed class Unanswering : IJSObjectReference
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => throw new TaskCanceledException();

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => throw new TaskCanceledException();

        public ValueTask DisposeAsync() => throw new TaskCanceledException();
    }
}
