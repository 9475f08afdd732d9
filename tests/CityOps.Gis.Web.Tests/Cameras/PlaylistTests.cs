using System.Net;
using CityOps.Gis.Web.Cameras;
using Xunit;

namespace CityOps.Gis.Tests.Web.Cameras;

/// <summary>Playlists whose addresses are brought to this server, and hosts that streams are never fetched from.</summary>
public sealed class PlaylistTests
{
    static readonly Uri s_own = new("https://media.example:8443/live/cam7/index.m3u8?token=secret"), s_folder = Playlist.FolderOf(s_own);

    [Theory]
    [InlineData("seg1.ts", "/here/seg1.ts")]
    [InlineData("720p/list.m3u8?x=1", "/here/720p/list.m3u8?x=1")]
    [InlineData("./a/../seg1.ts", "/here/seg1.ts")]
    [InlineData("/live/cam7/seg1.ts", "/here/seg1.ts")]
    [InlineData("https://media.example:8443/live/cam7/seg1.ts", "/here/seg1.ts")]
    [InlineData("#EXT-X-MAP:URI=\"init.mp4\",BYTERANGE=\"600@0\"", "#EXT-X-MAP:URI=\"/here/init.mp4\",BYTERANGE=\"600@0\"")]
    [InlineData("#EXTINF:2.0,", "#EXTINF:2.0,")]
    public void What_lies_in_the_streams_folder_is_asked_of_this_server(string line, string moved)
        => Assert.Equal($"#EXTM3U\n{moved}\n", Playlist.Moved($"#EXTM3U\r\n{line}", s_own, s_folder, "/here/"));

    [Theory]
    [InlineData("../cam8/seg1.ts")]
    [InlineData("/live/cam77/seg1.ts")]
    [InlineData("https://other.example/live/cam7/seg1.ts")]
    [InlineData("https://media.example/live/cam7/seg1.ts")]
    [InlineData("http://media.example:8443/live/cam7/seg1.ts")]
    [InlineData("//other.example/live/cam7/seg1.ts")]
    [InlineData("file:///etc/passwd")]
    [InlineData("#EXT-X-KEY:METHOD=AES-128,URI=\"https://169.254.169.254/latest\"")]
    public void One_address_that_leads_elsewhere_spoils_the_playlist(string line) => Assert.Null(Playlist.Moved($"#EXTM3U\nseg0.ts\n{line}\n", s_own, s_folder, "/here/"));

    [Fact]
    public void What_is_no_playlist_is_none() => Assert.Null(Playlist.Moved("<html>seg0.ts</html>", s_own, s_folder, "/here/"));

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.8.8.8", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("10.1.2.3", true)]
    [InlineData("192.168.1.20", true)]
    [InlineData("8.8.8.8", true)]
    [InlineData("fd00::20", true)]
    public void This_machine_and_its_own_link_are_no_media_gateways(string address, bool isOutside) => Assert.Equal(isOutside, StreamGuard.IsOutside(IPAddress.Parse(address)));
}
