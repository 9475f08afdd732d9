using CityOps.Gis.PostGis;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.PostGis;

public sealed class PrivateFolderTests
{
    const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public void What_the_program_makes_is_its_users_alone_and_what_somebody_opened_stays_so()
    {
        using var folder = new TempFolder();
        var made = PrivateFolder.Make(folder.File("snapshots"));
        Assert.Equal(Own, File.GetUnixFileMode(made));

        File.SetUnixFileMode(made, Own | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        PrivateFolder.Make(made);
        Assert.Equal(Own | UnixFileMode.GroupRead | UnixFileMode.GroupExecute, File.GetUnixFileMode(made));
    }
}
