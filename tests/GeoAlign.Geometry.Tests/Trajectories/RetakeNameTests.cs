namespace GeoAlign.Geometry.Tests;

public class RetakeNameTests
{
    [Theory]
    [InlineData("bear_camera_1_speed_1.0", "bear", CameraMove.PanRight, 1)]
    [InlineData("my_long_camera_name_camera_10_speed_0.25", "my_long_camera_name", CameraMove.ArcRight, 0.25)]
    [InlineData("dog_camera_ZoomIn_speed_2", "dog", CameraMove.ZoomIn, 2)]
    [InlineData("dog_camera_translate-up_speed_1.50", "dog", CameraMove.TranslateUp, 1.5)]
    public void Video_move_and_speed_are_read_from_the_end_of_a_name(string stem, string video, CameraMove move, double speed)
    {
        Assert.True(RetakeName.TryParse(stem, out RetakeName name));

        Assert.Equal(new RetakeName(video, move, speed), name);
    }

    [Theory]
    [InlineData("bear")]
    [InlineData("bear_camera_11_speed_1.0")]
    [InlineData("bear_camera_0_speed_1.0")]
    [InlineData("bear_camera_-3_speed_1.0")]
    [InlineData("bear_camera_PanRight,PanLeft_speed_1.0")]
    [InlineData("bear_camera_1_speed_0")]
    [InlineData("bear_camera_1_speed_-1")]
    [InlineData("bear_camera_1_speed_fast")]
    [InlineData("bear_camera_1_pace_1.0")]
    [InlineData("_camera_1_speed_1.0")]
    [InlineData("camera_1_speed_1.0")]
    public void Other_names_are_no_case(string stem) => Assert.False(RetakeName.TryParse(stem, out _));

    [Fact]
    public void A_name_written_is_read_back_the_same()
    {
        foreach (CameraMove move in ReCamMasterMoves.All)
        {
            foreach (double speed in new[] { 1, 0.1, 1.5, 1.0 / 3, 4 })
            {
                RetakeName name = new("a_b", move, speed);
                Assert.True(RetakeName.TryParse(name.ToString(), out RetakeName back));
                Assert.Equal(name, back);
            }
        }

        Assert.Equal("bear_camera_5_speed_1.0", new RetakeName("bear", CameraMove.ZoomIn, 1).ToString());
    }
}
