// One side of a ROS 1 benchmark by roscpp: MODE (pub, sub, echo, ping) and the size of the messages.
#include <ros/callback_queue.h>
#include <ros/ros.h>
#include <std_msgs/String.h>
#include <std_msgs/UInt8MultiArray.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

using Clock = std::chrono::steady_clock;

static double seconds(Clock::time_point since) { return std::chrono::duration<double>(Clock::now() - since).count(); }

static void fill(std_msgs::String &message, size_t size) { message.data.assign(size, 'x'); }
static void fill(std_msgs::UInt8MultiArray &message, size_t size) { message.data.assign(size, 7); }

template <typename T>
static int run(const std::string &mode, size_t size)
{
    ros::NodeHandle node;
    const auto hints = ros::TransportHints().tcpNoDelay();
    T message;
    fill(message, size);
    if (mode == "pub")
    {
        auto publisher = node.advertise<T>("/flood", 1000);
        while (ros::ok() && publisher.getNumSubscribers() == 0) ros::WallDuration(0.01).sleep();
        while (ros::ok())
        {
            publisher.publish(message);
            ros::spinOnce();
        }
        return 0;
    }
    if (mode == "sub")
    {
        long count = 0;
        boost::function<void(const typename T::ConstPtr &)> take = [&](const typename T::ConstPtr &) { count++; };
        auto subscriber = node.subscribe<T>("/flood", 1000, take, ros::VoidConstPtr(), hints);
        auto spin = [&](double time) { for (auto start = Clock::now(); ros::ok() && seconds(start) < time;) ros::getGlobalCallbackQueue()->callAvailable(ros::WallDuration(0.01)); };
        while (ros::ok() && count == 0) spin(0.01);
        spin(1);
        const auto before = count;
        const auto start = Clock::now();
        spin(3);
        std::printf("RATE %f\n", (count - before) / seconds(start));
        return 0;
    }
    if (mode == "echo")
    {
        auto publisher = node.advertise<T>("/pong", 1000);
        boost::function<void(const typename T::ConstPtr &)> take = [&](const typename T::ConstPtr &heard) { publisher.publish(*heard); };
        auto subscriber = node.subscribe<T>("/ping", 1000, take, ros::VoidConstPtr(), hints);
        ros::spin();
        return 0;
    }
    bool back = false;
    auto publisher = node.advertise<T>("/ping", 1000);
    boost::function<void(const typename T::ConstPtr &)> take = [&](const typename T::ConstPtr &) { back = true; };
    auto subscriber = node.subscribe<T>("/pong", 1000, take, ros::VoidConstPtr(), hints);
    while (ros::ok() && (publisher.getNumSubscribers() == 0 || subscriber.getNumPublishers() == 0)) ros::getGlobalCallbackQueue()->callAvailable(ros::WallDuration(0.01));
    std::vector<double> times;
    for (int i = 0; ros::ok() && i < (size <= 1000 ? 2500 : 250); i++)
    {
        back = false;
        const auto start = Clock::now();
        publisher.publish(message);
        while (ros::ok() && !back) ros::getGlobalCallbackQueue()->callAvailable(ros::WallDuration(0.1));
        times.push_back(seconds(start) * 1e6);
    }
    times.erase(times.begin(), times.begin() + times.size() / 5);
    std::sort(times.begin(), times.end());
    std::printf("TRIP %f %f\n", times[times.size() / 2], times[times.size() * 99 / 100]);
    return 0;
}

int main(int argc, char **argv)
{
    const std::string mode = argv[1];
    const size_t size = std::stoul(argv[2]);
    ros::init(argc, argv, mode + "_cpp");
    return size <= 1000 ? run<std_msgs::String>(mode, size) : run<std_msgs::UInt8MultiArray>(mode, size);
}
