using CityOps.Gis.Tiles.Following;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Following;

public sealed class FollowerStatesTests
{
    [Theory]
    [InlineData(FollowerState.Stopped, FollowerState.Connecting)]
    [InlineData(FollowerState.Connecting, FollowerState.Copying)]
    [InlineData(FollowerState.Copying, FollowerState.CatchingUp)]
    [InlineData(FollowerState.CatchingUp, FollowerState.Live)]
    [InlineData(FollowerState.Live, FollowerState.Lost)]
    [InlineData(FollowerState.Lost, FollowerState.Connecting)]
    [InlineData(FollowerState.Connecting, FollowerState.Refused)]
    [InlineData(FollowerState.Refused, FollowerState.Connecting)]
    public void A_follower_goes_its_way(FollowerState from, FollowerState to) => Assert.True(FollowerStates.MayFollow(from, to));

    [Theory]
    [InlineData(FollowerState.Connecting, FollowerState.Live)]
    [InlineData(FollowerState.Copying, FollowerState.Live)]
    [InlineData(FollowerState.Live, FollowerState.Copying)]
    [InlineData(FollowerState.Lost, FollowerState.Live)]
    [InlineData(FollowerState.Live, FollowerState.Refused)]
    public void A_follower_leaves_out_no_step(FollowerState from, FollowerState to) => Assert.False(FollowerStates.MayFollow(from, to));

    [Fact]
    public void From_everywhere_it_may_be_lost_once_begun_and_stopped()
    {
        Assert.All([FollowerState.Connecting, FollowerState.Copying, FollowerState.CatchingUp, FollowerState.Live], from => Assert.True(FollowerStates.MayFollow(from, FollowerState.Lost)));
        Assert.All(Enum.GetValues<FollowerState>(), from => Assert.True(FollowerStates.MayFollow(from, FollowerState.Stopped)));
    }
}
